using System.Text.Json.Nodes;

namespace Ledger.Server.Description;

/// <summary>One example body per type of entry, kept as files so that a test can send them.</summary>
public static class Examples
{
    /// <summary>The payload of an event of this type.</summary>
    public static JsonNode Of(string type)
    {
        using var file =
            typeof(Examples).Assembly.GetManifestResourceStream($"{typeof(Examples).FullName}.{type}.json")
            ?? throw new InvalidOperationException($"There is no example of {type}.");
        return JsonNode.Parse(file)!;
    }
}
