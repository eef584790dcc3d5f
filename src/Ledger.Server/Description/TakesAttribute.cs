namespace Ledger.Server.Description;

/// <summary>
/// The query parameters of an endpoint. Others are refused: a mistyped <c>asOf</c> must not quietly answer about today.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public class TakesAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;
}
