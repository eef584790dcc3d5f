using Ledger.Server.Answers;
using Ledger.Server.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ledger.Server.Tests.Limits;

/// <summary>A reader of the log must be able to tell what the server says from what somebody had it repeat.</summary>
public sealed class LinesOfTheLog
{
    [Theory]
    [InlineData("/a\ncrit: Ledger[0] Everything was erased")]
    [InlineData("/a\r\n\u001b[2J\u001b[1;1Hwarn")]
    [InlineData("/\u202egnihton\u2028line")]
    public async Task Are_never_begun_by_who_asks(string path)
    {
        var said = new Lines();
        var context = new DefaultHttpContext
        {
            Request = { Path = path, Method = "GET" },
            Response = { Body = new MemoryStream() },
        };

        await new ErrorsEverywhere(_ => throw new InvalidOperationException("ours"), said).InvokeAsync(context);

        context.Response.StatusCode.Should().Be(500);
        said.Messages.Should()
            .ContainSingle()
            .Which.Should()
            .NotContainAny("\n", "\r", "\u001b", "\u202e", "\u2028")
            .And.Contain("GET /");
    }

    [Theory]
    [InlineData("no\r\ncrit: forged", "no  crit: forged")]
    [InlineData("\u001b[31mred\u2029\u202e", " [31mred  ")]
    [InlineData(null, "")]
    public void Hold_what_others_say_in_one(string? said, string line) => OneLine.Of(said).Should().Be(line);

    [Fact]
    public void Are_no_longer_than_a_line() => OneLine.Of(new string('x', 100_000)).Should().HaveLength(300);

    private sealed class Lines : ILogger<ErrorsEverywhere>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Messages.Add(formatter(state, exception));
    }
}
