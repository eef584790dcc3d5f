using Mono.Cecil;

namespace Ledger.Architecture.Tests;

/// <summary>What names a thing is parsed once, where it comes in, and has a type of its own from there on.</summary>
public sealed class TheIdentities
{
    /// <summary>An agreement or every agreement, which is no agreement.</summary>
    private static readonly string[] Scopes =
    [
        "Ledger.Store.People.Membership",
        "Ledger.Server.People.PeopleBody",
        "Ledger.Server.Authorization.Permissions",
    ];

    /// <summary>Bodies of requests and answers, which are text.</summary>
    private static readonly string[] OnTheWire =
    [
        "Ledger.Server.Agreements.CodebookAnswer",
        "Ledger.Server.Agreements.PartyList",
        "Ledger.Server.Agreements.VersionList",
        "Ledger.Server.Answers.ReceiptBody",
        "Ledger.Server.Entries.EntriesPage",
        "Ledger.Server.Entries.RecordedEntry",
        "Ledger.Server.Erasures.HandlesPage",
        "Ledger.Server.Incidents.IncidentsAnswer",
        "Ledger.Server.People.MembershipShown",
        "Ledger.Server.People.OpeningsPage",
        "Ledger.Server.People.PublicReading",
        "Ledger.Server.People.RoleHistory",
        "Ledger.Server.People.RoleShown",
        "Ledger.Server.Reports.QuestionsAboutReports",
        "Ledger.Server.Reports.ReportAnswer",
        "Ledger.Server.Reports.ReportsPage",
        "Ledger.Server.Reports.WaitingProposals",
        "Ledger.Server.Tables.TablesAnswer",
        "Ledger.Server.Webhooks.WebhookShown",
        "Ledger.Cli.Entries.EntryAnswer",
        "Ledger.Cli.Recording.ReceiptAnswer",
    ];

    /// <summary>What still takes an agreement as text. The list may only shrink.</summary>
    private static readonly string[] Remaining =
    [
        "Ledger.Domain.Evidence.EvidenceName",
        "Ledger.Server.Log.LogEndpoints",
        "Ledger.Cli.Proofs.DatabaseSweep",
        "Ledger.Cli.Proofs.HandleCheck",
        "Ledger.Cli.Proofs.KeyCommand",
        "Ledger.Cli.Proofs.LogOnServer",
        "Ledger.Cli.Proofs.LogWalk",
        "Ledger.Cli.Proofs.VerifyCommand",
        "Ledger.Cli.Reports.Importing.ReportMapper",
        "Ledger.Cli.Servers.KnownAgreements",
        "Ledger.Cli.Webhooks.WebhookCommands",
    ];

    [Fact]
    public void Of_agreements_are_no_text()
    {
        string[] assemblies = ["Ledger.Domain", "Ledger.Store", "Ledger.Server", "ledger"];

        var found = (
            from assembly in assemblies
            from type in TypesOf(assembly)
            where !type.FullName.Contains('<') && type.Methods.Any(TakesAgreementAsText)
            select type.FullName
        ).ToList();

        found.Distinct(StringComparer.Ordinal).Should().BeEquivalentTo([.. Scopes, .. OnTheWire, .. Remaining]);
    }

    /// <summary>A name that stands in code may become an agreement by itself; the Store has none.</summary>
    [Fact]
    public void Of_agreements_are_not_made_on_the_way()
    {
        var found =
            from type in TypesOf("Ledger.Store")
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            where
                instruction.Operand is MethodReference { Name: "op_Implicit" } called
                && called.ReturnType.Name == nameof(Ledger.Domain.Identities.AgreementId)
            select $"{type.FullName}.{method.Name}";

        found.Should().BeEmpty();
    }

    private static bool TakesAgreementAsText(MethodDefinition method) =>
        !method.Name.Contains('<')
        && method.Parameters.Any(parameter =>
            parameter.ParameterType.FullName == "System.String"
            && string.Equals(parameter.Name, "agreement", StringComparison.OrdinalIgnoreCase)
        );

    private static List<TypeDefinition> TypesOf(string assembly)
    {
        // Bodies of methods are read when they are asked for, so the module stays open.
        var module = ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"),
            new ReaderParameters { InMemory = true }
        );
        return [.. module.GetTypes().Where(type => !type.FullName.Contains("Generated", StringComparison.Ordinal))];
    }
}
