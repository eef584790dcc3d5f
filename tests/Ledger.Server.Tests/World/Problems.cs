using FluentAssertions.Primitives;

namespace Ledger.Server.Tests.World;

public static class ProblemAssertions
{
    /// <summary>The one shape of every error.</summary>
    public static void BeAProblem(this ObjectAssertions answer)
    {
        var problem = (Answer)answer.Subject;
        problem.Type.Should().Be("application/problem+json", problem.ToString());
        problem.Json["status"]!.GetValue<int>().Should().Be((int)problem.Status);
        problem.Code.Should().MatchRegex("^[a-z]+/[a-z0-9-]+$");
        problem.Json["type"]!.GetValue<string>().Should().EndWith(problem.Code);
        problem.Json["title"]!.GetValue<string>().Should().NotBeEmpty();
        problem.Json["detail"]!
            .GetValue<string>()
            .Should()
            .NotBeEmpty()
            .And.NotContain("Exception")
            .And.NotContain("   at ");
    }
}
