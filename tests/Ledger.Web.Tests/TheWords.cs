using System.Text.RegularExpressions;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;

namespace Ledger.Web.Tests;

/// <summary>Every code that the server answers with has words in the app, and no word is for a code that is not.</summary>
public sealed partial class TheWords
{
    private static readonly string Common = File.ReadAllText(
        Checkout.PathOf("src", "Ledger.Web", "src", "words", "en", "common.ts")
    );

    public static TheoryData<string, string[]> Codes =>
        new()
        {
            { "verdict", NamesOf<Verdict>() },
            { "life", NamesOf<Life>() },
            { "reason", NamesOf<Reason>() },
            { "type", [.. EventTypes.ByName.Keys] },
        };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Name_what_the_server_says(string block, string[] codes) =>
        Key()
            .Matches(
                Regex
                    .Match(
                        Common,
                        $@"^  {block}: \{{(.*?)\}}",
                        RegexOptions.Multiline | RegexOptions.Singleline,
                        Patience
                    )
                    .Value
            )
            .Select(key => key.Groups["key"].Value)
            .Should()
            .BeEquivalentTo(codes);

    private static string[] NamesOf<T>()
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => Capital().Replace(name, "-$0").TrimStart('-').ToLowerInvariant())];

    [GeneratedRegex(@"(?<=[{,\n] *)'?(?<key>[\w-]+)'?: ['""]", RegexOptions.None, 1_000)]
    private static partial Regex Key();

    [GeneratedRegex("[A-Z]", RegexOptions.None, 1_000)]
    private static partial Regex Capital();
}
