using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Sentences;

/// <summary><c>Art. 5  Heavy weapons are withdrawn</c></summary>
public static class ProvisionTitle
{
    public static string Of(VerdictAnswer answer) =>
        $"{(answer.Article is { } article ? $"Art. {article}  " : "")}"
        + $"{answer.Title.GetValueOrDefault("en") ?? answer.Title.Values.FirstOrDefault()}";
}
