namespace Ledger.Local.Doctor;

/// <summary>One thing the ledger uses, and whether this machine has it.</summary>
/// <param name="Necessary">Whether the ledger cannot run without it.</param>
/// <param name="Found">What was found, or what its absence means.</param>
/// <param name="Remedy">What to do about it; null if nothing is to be done.</param>
public sealed record Requirement(string Name, bool Ok, bool Necessary, string Found, string? Remedy)
{
    public static Requirement Good(string name, string found, bool necessary = true) =>
        new(name, Ok: true, necessary, found, Remedy: null);

    public static Requirement Missing(string name, string found, string remedy, bool necessary = true) =>
        new(name, Ok: false, necessary, found, remedy);

    public override string ToString() =>
        $"{(Ok ? "ok" : Necessary ? "missing" : "absent"), -8} {Name, -14} "
        + $"{Found}{(Remedy is null ? "" : $"\n{"", -23} -> {Remedy}")}";
}
