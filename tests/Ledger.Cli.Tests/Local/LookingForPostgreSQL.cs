using Ledger.Local.Postgres;

namespace Ledger.Cli.Tests.Local;

public sealed class LookingForPostgreSQL
{
    [Fact]
    public void Follows_the_order_of_PATH_and_then_takes_Debian_s_newest() =>
        PostgresBinaries
            .Places(
                "/opt/pg/bin::relative/bin:/usr/bin",
                ["/usr/lib/postgresql/9.6", "/usr/lib/postgresql/17", "/usr/lib/postgresql/15"]
            )
            .Should()
            .Equal(
                "/opt/pg/bin",
                "/usr/bin",
                "/usr/lib/postgresql/17/bin",
                "/usr/lib/postgresql/15/bin",
                "/usr/lib/postgresql/9.6/bin"
            );

    [Fact]
    public void Without_PATH_still_looks_at_Debian_s() =>
        PostgresBinaries.Places(path: null, ["/usr/lib/postgresql/16"]).Should().Equal("/usr/lib/postgresql/16/bin");

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "15.18")]
    [InlineData("postgres (PostgreSQL) 18.4", "18.4")]
    [InlineData("postgres (PostgreSQL) 19beta1", "19.0")]
    [InlineData("postgres (PostgreSQL) 9.6.24", "9.6")]
    public void Reads_the_version_a_binary_tells(string said, string version) =>
        PostgresBinaries.ParseVersion(said).Should().Be(Version.Parse(version));

    [Theory]
    [InlineData("")]
    [InlineData("mariadbd Ver 10.11")]
    [InlineData("postgres (PostgreSQL) new")]
    public void Takes_nothing_that_tells_no_version(string said) =>
        PostgresBinaries.ParseVersion(said).Should().BeNull();

    [Fact]
    public void Passes_over_versions_that_are_too_old() =>
        PostgresBinaries
            .Choose([Binaries(14), Binaries(16), Binaries(17)], clusterMajor: null)
            .Should()
            .Be(Binaries(16));

    [Fact]
    public void Opens_a_cluster_only_with_the_major_version_that_made_it()
    {
        PostgresBinaries.Choose([Binaries(15), Binaries(17)], clusterMajor: 17).Should().Be(Binaries(17));
        PostgresBinaries.Choose([Binaries(15), Binaries(16)], clusterMajor: 17).Should().BeNull();
    }

    [Fact]
    public async Task Finds_nothing_in_a_directory_without_programs() =>
        (await PostgresBinaries.AtAsync("/etc", CancellationToken.None)).Should().BeNull();

    private static PostgresBinaries Binaries(int major) => new($"/pg/{major}/bin", new(major, 1));
}
