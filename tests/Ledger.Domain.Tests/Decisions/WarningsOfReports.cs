using System.Text.Json.Nodes;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Tests.Agreements;

namespace Ledger.Domain.Tests.Decisions;

public sealed class WarningsOfReports
{
    [Theory]
    [InlineData("nort", "north")]
    [InlineData("Sotuh guard", null)]
    [InlineData("Suoth", null)]
    [InlineData("Soth", "south")]
    [InlineData("Northern Amry", "Northern Army")]
    [InlineData("northern guards", "Northern Guard")]
    [InlineData("NORTH", null)]
    [InlineData("Northern Army", null)]
    [InlineData("Somebody else", null)]
    public void A_name_that_is_nearly_that_of_a_party_is_worth_a_second_look(string name, string? near)
    {
        var warnings = ReportWarnings.Of(Filed(name), Some.Agreement).ToList();

        if (near is null)
            warnings.Should().BeEmpty();
        else
            warnings
                .Should()
                .ContainSingle()
                .Which.Should()
                .Match<Problem>(w =>
                    w.Code == "report/name-near-a-party"
                    && w.Pointer == "/report/actors/0/name"
                    && w.Message.Contains($"nearly '{near}'", StringComparison.Ordinal)
                );
    }

    private static LedgerEvent Filed(string actor) =>
        EventReader
            .Read(
                "report_filed",
                new JsonObject
                {
                    ["entryId"] = "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e56",
                    ["report"] = new JsonObject
                    {
                        ["kind"] = "bombing",
                        ["occurred"] = "2020-03-01",
                        ["source"] = new JsonObject { ["class"] = "media" },
                        ["actors"] = new JsonArray(new JsonObject { ["name"] = actor, ["role"] = "by" }),
                    },
                },
                Some.Agreement.TimeZone
            )
            .Required();
}
