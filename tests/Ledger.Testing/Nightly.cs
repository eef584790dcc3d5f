namespace Ledger.Testing;

/// <summary>The long run, which tries everything; an ordinary one gives its answer soon.</summary>
public static class Nightly
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("LEDGER_NIGHTLY") is "1";
}
