using Ledger.Server.Answers;

namespace Ledger.Server.Description;

/// <summary>How a body holds events.</summary>
public enum BodyForm
{
    /// <summary>The payload of one event whose type the address says.</summary>
    Payload,

    /// <summary>One event with its type beside it.</summary>
    Typed,

    /// <summary>A payload a line.</summary>
    PayloadLines,

    /// <summary>An event with its type a line.</summary>
    TypedLines,

    /// <summary>A payload, or the agreement file itself as YAML.</summary>
    PayloadOrYaml,

    /// <summary>A question.</summary>
    Question,

    /// <summary>A file.</summary>
    File,

    /// <summary>Where to send what.</summary>
    Webhook,

    /// <summary>A JSON object that is no event; <see cref="DescribeAttribute.Example"/> shows one.</summary>
    Plain,

    /// <summary>There is no body, although the method allows one.</summary>
    Nothing,
}

/// <summary>What an endpoint is for, as the API's description says it.</summary>
/// <param name="id">Names the operation in generated clients.</param>
/// <param name="summary">A sentence without its full stop.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DescribeAttribute(string id, string summary) : Attribute
{
    public string Id => id;

    public string Summary => summary;

    /// <summary>What the summary cannot say.</summary>
    public string? Detail { get; init; }

    /// <summary>Types of entries that the body may hold; their examples are its examples.</summary>
    public string[] Takes { get; init; } = [];

    public BodyForm Form { get; init; }

    /// <summary>Names the example of a body that is no event.</summary>
    public string? Example { get; init; }

    /// <summary>The shape of a good answer.</summary>
    public Type? Gives { get; init; }

    /// <summary>Whether a good answer says under which address it can be had for ever.</summary>
    public bool Pins { get; init; }

    /// <summary>Statuses of refusals that endpoints of its form do not have.</summary>
    public int[] Refuses { get; init; } = [];

    /// <summary>The media type of a good answer.</summary>
    public string Media { get; init; } = "application/json";

    /// <summary>Media types in which the same can be had.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>The shapes of the first of these; the rest have none.</summary>
    public Type[] AlsoGives { get; init; } = [];

    /// <summary>The statuses of a good answer; an entry that is sent again gets its receipt again.</summary>
    public int[] Succeeds
    {
        get => field ?? (Gives == typeof(ReceiptBody) ? [200, 201] : [200]);
        init;
    }
}
