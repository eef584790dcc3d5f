using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Server.Tests.World;

/// <summary>
/// One exchange from a text file that a person can read aloud: <c>### what happens</c>, the request, a blank line and
/// its body, and after <c>=></c> the status, the code and each problem as <c>pointer code</c>.
/// </summary>
public sealed partial record Contract(
    string Title,
    string Method,
    string Path,
    string? ContentType,
    string Body,
    string Expected
)
{
    public static IEnumerable<Contract> Read(string file) =>
        File.ReadAllText(Repository.PathOf("tests", "Ledger.Server.Tests", "Contracts", file))
            .Split("\n### ")
            .Skip(1)
            .Select(Parse);

    public async Task<Answer> SendAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), Path);
        if (Method is not "GET")
        {
            request.Content = Client.Body(Written().Replace(Body, Expand), ContentType ?? "application/json");
            if (ContentType is null)
                request.Content.Headers.ContentType = null;
        }

        return await http.SendAsync(request).ReadAsync();
    }

    /// <summary>The answer in the words of the file; where the file stops with dots, so does this.</summary>
    public string Actual(Answer answer)
    {
        string[] lines = [$"{(int)answer.Status} {answer.Code}", .. answer.Problems];
        return Expected.EndsWith("\n...", StringComparison.Ordinal)
            ? string.Join('\n', lines.Take(Expected.Split('\n').Length - 1).Append("..."))
            : string.Join('\n', lines);
    }

    public override string ToString() => Title;

    private static Contract Parse(string text)
    {
        var (request, expected) = text.Split("\n=> ") is [var before, var after]
            ? (before, after)
            : throw new FormatException($"No answer is expected in: {text}");
        var (head, body) = request.Split("\n\n", 2) is [var only]
            ? (only, "")
            : (request.Split("\n\n", 2)[0], request.Split("\n\n", 2)[1]);
        var lines = head.Split('\n');
        var answer = expected.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new Contract(
            lines[0].Trim(),
            lines[1].Split(' ')[0],
            lines[1].Split(' ', 2)[1].Trim(),
            lines
                .Skip(2)
                .FirstOrDefault(line => line.StartsWith("Content-Type: ", StringComparison.Ordinal))
                ?["Content-Type: ".Length..],
            body.Trim('\n'),
            string.Join('\n', answer)
        );
    }

    /// <summary><c>{{id}}</c> is a new id, <c>{{100000*x}}</c> so many.</summary>
    private static string Expand(Match match) =>
        match.Groups["what"].Value == "id"
            ? Idlib.NewId()
            : string.Concat(
                Enumerable.Repeat(
                    match.Groups["what"].Value,
                    int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture)
                )
            );

    [GeneratedRegex(@"\{\{((?<times>\d+)\*)?(?<what>.+?)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();
}
