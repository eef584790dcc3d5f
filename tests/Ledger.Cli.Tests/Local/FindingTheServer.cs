using Ledger.Local;
using Ledger.Local.Machine;

namespace Ledger.Cli.Tests.Local;

public sealed class FindingTheServer : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Asks_the_option_then_the_environment_then_the_data_and_falls_back_to_the_default()
    {
        var data = DataDirectory.Open(_temporary.Path);
        ServerAddress.Write(data, ServerAddress.On(7003));

        ServerAddress.Find("http://127.0.0.1:7001", data.Path, _ => "http://127.0.0.1:7002").Port.Should().Be(7001);
        ServerAddress.Find(option: null, data.Path, _ => "http://127.0.0.1:7002").Port.Should().Be(7002);
        ServerAddress.Find(option: null, data.Path, _ => "").Port.Should().Be(7003);
        ServerAddress.Find(option: null, data.In("elsewhere"), _ => null).Port.Should().Be(5080);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"url":7}""")]
    [InlineData("""{"url":"nowhere"}""")]
    public void A_damaged_file_is_as_good_as_none(string text)
    {
        var data = DataDirectory.Open(_temporary.Path);
        File.WriteAllText(data.ServerFile, text);

        ServerAddress.Find(option: null, data.Path, _ => null).Should().Be(ServerAddress.Default);
    }

    [Theory]
    [InlineData("localhost:5080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("/srv/ledger")]
    public void An_address_that_is_none_is_refused_by_name(string address)
    {
        var finding = () => ServerAddress.Find(address, _temporary.Path, _ => null);

        finding.Should().Throw<LocalProblemException>().WithMessage($"--server is \"{address}\"*");
    }
}
