using System.Text.RegularExpressions;
using Ledger.Cli.Installation;
using Ledger.Local;
using Npgsql;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Ledger.Cli.Tests.Local;

/// <summary>No container engine is at hand in a test, so this checks what can be read: paths, ports, names.</summary>
public sealed partial class TheContainerFiles
{
    private static readonly string Root = Checkout.Root!;
    private static readonly string Folder = Path.Combine(Root, "docker");
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Folder, "Dockerfile"));
    private static readonly string ComposeText = File.ReadAllText(Path.Combine(Folder, "compose.yaml"));
    private static readonly Compose Stack = new DeserializerBuilder()
        .IgnoreUnmatchedProperties()
        .Build()
        .Deserialize<Compose>(new MergingParser(new Parser(new StringReader(ComposeText))));

    private static IEnumerable<Service> Servers =>
        Stack
            .services.Where(service => service.Key.StartsWith("server-", StringComparison.Ordinal))
            .Select(service => service.Value);

    [Fact]
    public void Set_only_what_the_server_knows()
    {
        var settings = File.ReadAllText(Path.Combine(Root, "src", "Ledger.Server", "Settings", "ServerSettings.cs"));
        var set = Servers
            .SelectMany(server => server.environment.Keys)
            .Concat(EnvironmentLine().Matches(Dockerfile).Select(match => match.Groups["name"].Value))
            .Distinct(StringComparer.Ordinal)
            .ToList();

        set.Should().Contain(["LEDGER_URL", "LEDGER_CONNECTION", "LEDGER_NODES"]);
        // What the command line reads inside a container is no setting of the server.
        set.Except([Ledger.Cli.Servers.ServerToken.FileVariable])
            .Should()
            .OnlyContain(name => settings.Contains($"\"{name}\",", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_two_servers_that_listen_on_this_machine_alone_on_ports_of_their_own()
    {
        var addresses = Servers.Select(server => new Uri(server.environment["LEDGER_URL"])).ToList();

        addresses.Should().HaveCount(2).And.OnlyHaveUniqueItems().And.OnlyContain(address => address.IsLoopback);
        Servers
            .Should()
            .OnlyContain(server =>
                server.network_mode == "host" && server.ports.Count == 0 && server.environment["LEDGER_NODES"] == "many"
            );
    }

    [Fact]
    public void Publish_ports_on_127_0_0_1_only() =>
        Stack
            .services.Values.SelectMany(service => service.ports)
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));

    [Fact]
    public void Lead_to_the_published_PostgreSQL_the_owner_who_makes_the_tables_and_the_servers_who_own_nothing()
    {
        var script = File.ReadAllText(Path.Combine(Folder, "database.sh"));
        var published = Stack.services["postgres"].ports.Single().Split(':');
        var owner = new NpgsqlConnectionStringBuilder(Stack.services["tables"].environment["LEDGER_CONNECTION"]);
        var servers = Servers
            .Select(server => new NpgsqlConnectionStringBuilder(server.environment["LEDGER_CONNECTION"]))
            .ToList();
        List<NpgsqlConnectionStringBuilder> connections = [owner, .. servers];

        connections
            .Should()
            .OnlyContain(connection => connection.Host == published[0] && connection.Port == int.Parse(published[1]));
        published[2].Should().Be("5432");
        connections
            .Should()
            .OnlyContain(connection =>
                script.Contains($"create role {connection.Username} login nosuperuser", StringComparison.Ordinal)
            );
        connections
            .Should()
            .OnlyContain(connection =>
                script.Contains(
                    $"create database {connection.Database} owner {owner.Username}",
                    StringComparison.Ordinal
                )
            );
        servers.Should().OnlyContain(server => server.Username != owner.Username);
        Stack
            .services["tables"]
            .command.Should()
            .Equal("migrate", servers.Select(server => server.Username).Distinct().Single()!);
        Servers
            .Should()
            .OnlyContain(server => server.depends_on["tables"].condition == "service_completed_successfully");
    }

    [Fact]
    public void Hold_no_password_and_do_not_start_without_one()
    {
        var passwords = Stack
            .services.Values.SelectMany(service => service.environment)
            .Where(setting => setting.Key.Contains("PASSWORD", StringComparison.Ordinal))
            .Select(setting => setting.Value)
            .Concat(
                Servers.Select(server =>
                    new NpgsqlConnectionStringBuilder(server.environment["LEDGER_CONNECTION"]).Password!
                )
            );

        passwords.Should().HaveCount(5).And.OnlyContain(password => RequiredVariable().IsMatch(password));
    }

    [Fact]
    public void Name_only_files_and_volumes_that_exist()
    {
        foreach (
            var source in Stack
                .services.Values.SelectMany(service => service.volumes)
                .Select(volume => volume.Split(':')[0])
        )
        {
            if (source.StartsWith('.'))
                File.Exists(Path.Combine(Folder, source)).Should().BeTrue($"{source} is mounted");
            else
                Stack.volumes.Should().ContainKey(source);
        }

        foreach (var server in Servers)
            File.Exists(Path.Combine(Folder, server.build!.context, server.build.dockerfile)).Should().BeTrue();
        var projects = PublishedProject().Matches(Dockerfile).Select(match => match.Groups["path"].Value).ToList();
        projects
            .Should()
            .Equal("src/Ledger.Server", "src/Ledger.Cli")
            .And.OnlyContain(project => Directory.Exists(Path.Combine(Root, project)));
    }

    [Fact]
    public void Build_with_the_framework_of_the_projects_and_run_as_an_account_that_is_not_root()
    {
        var framework = TargetFramework()
            .Match(File.ReadAllText(Path.Combine(Root, "Directory.Build.props")))
            .Groups["version"]
            .Value;

        BaseImage()
            .Matches(Dockerfile)
            .Select(match => match.Groups["tag"].Value)
            .Should()
            .HaveCount(2)
            .And.OnlyContain(tag => tag == framework);
        Dockerfile.Should().Contain("\nUSER $APP_UID\n");
    }

    [Fact]
    public void Ask_after_their_health_with_a_command_that_exists()
    {
        var verb = HealthCheck().Match(Dockerfile).Groups["verb"].Value;

        LocalCommands.All.Select(command => command.Name).Should().Contain(verb);
        Dockerfile.Should().Contain("ENTRYPOINT [\"dotnet\", \"/app/Ledger.Server.dll\"]");
    }

    [GeneratedRegex(
        @"^ENV (?<name>\w+)=",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex EnvironmentLine();

    [GeneratedRegex(@"^\$\{\w+:\?must be set\}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RequiredVariable();

    [GeneratedRegex(@"dotnet publish (?<path>\S+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublishedProject();

    [GeneratedRegex(
        "<TargetFramework>net(?<version>[0-9.]+)<",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TargetFramework();

    [GeneratedRegex(
        @"^FROM mcr\S+:(?<tag>\S+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex BaseImage();

    [GeneratedRegex(
        "^HEALTHCHECK .* CMD \\[\"dotnet\", \"/app/ledger.dll\", \"(?<verb>[a-z]+)\"\\]$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex HealthCheck();

    // The names are those of the file.
#pragma warning disable IDE1006
    private sealed class Compose
    {
        public Dictionary<string, Service> services { get; set; } = [];

        public Dictionary<string, object?> volumes { get; set; } = [];
    }

    private sealed class Service
    {
        public Dictionary<string, string> environment { get; set; } = [];

        public List<string> ports { get; set; } = [];

        public List<string> command { get; set; } = [];

        public Dictionary<string, Dependency> depends_on { get; set; } = [];

        public List<string> volumes { get; set; } = [];

        public string? network_mode { get; set; }

        public Build? build { get; set; }
    }

    private sealed class Dependency
    {
        public string condition { get; set; } = "";
    }

    private sealed class Build
    {
        public string context { get; set; } = "";

        public string dockerfile { get; set; } = "";
    }
#pragma warning restore IDE1006
}
