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
                $"what answers there does not speak as this command does ({wrong.Message}). Are both of the same version?"
            );
        }
    }
}
