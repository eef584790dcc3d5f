using System.Text.Json;
using Ledger.Domain.Entries;

namespace Ledger.Cli.Servers;

/// <summary>A good answer of the server.</summary>
public sealed record Reply(Uri Server, int Status, byte[] Body)
{
    /// <summary>Whether the server had this already and recorded nothing new.</summary>
    public bool Repeated => Status == 200;

    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body, LedgerJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException wrong)
        {
            throw new UnreachableException(
                Server,
                $"its answer does not have the expected form ({wrong.Message}). "
                    + "Are the command and the server of the same version?"
            );
        }
    }
}
