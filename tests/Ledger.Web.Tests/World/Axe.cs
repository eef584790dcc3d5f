using System.Text.Json;

namespace Ledger.Web.Tests.World;

/// <summary>Deque's axe, the field's judge of accessibility.</summary>
public static class Axe
{
    private static readonly string Source = File.ReadAllText(
        Checkout.PathOf("src", "Ledger.Web", "node_modules", "axe-core", "axe.min.js")
    );

    /// <summary>Serious and critical findings, each as the rule and the elements that break it.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        await page.EvaluateAsync(Source);
        var result = await page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        return
        [
            .. result
                .GetProperty("violations")
                .EnumerateArray()
                .Where(finding => finding.GetProperty("impact").GetString() is "serious" or "critical")
                .SelectMany(finding =>
                    finding
                        .GetProperty("nodes")
                        .EnumerateArray()
                        .Select(node =>
                            $"{finding.GetProperty("id")}: {node.GetProperty("html")} {node.GetProperty("failureSummary")}"
                        )
                ),
        ];
    }
}
