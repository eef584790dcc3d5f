using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Domain.Tests.Agreements;

public sealed class FilesWorthASecondLook
{
    [Fact]
    public void A_plain_file_has_no_warnings() => Some.File.Warnings.Should().BeEmpty();

    [Fact]
    public void A_duty_of_several_that_any_of_them_does_is_asked_about() =>
        Warnings("duty: north\n", "duty: [north, south]\n", "actors: {by: north}", "actors: {by: [north, south]}")
            .Should()
            .Equal("agreement/each-or-any at line 35");

    [Fact]
    public void A_name_of_two_parties_means_neither() =>
        Warnings("name: Northern Guard}", "name: Northern Guard, aliases: [Northern Army]}")
            .Should()
            .Equal("agreement/shared-name at line 8");

    [Fact]
    public void Texts_lack_no_language_that_the_file_states() =>
        Warnings("signed:", "languages: [en, tr, ar]\nsigned:").Should().Equal("agreement/missing-label at line 2");

    [Theory]
    [InlineData("title: Good faith", "title: Article 4: good faith", "must stand in quotes")]
    [InlineData("    title: Good faith", "\ttitle: Good faith", "begins with a tab; indent with spaces")]
    public void What_is_no_yaml_is_told_in_words_of_the_file(string good, string wrong, string told)
    {
        Some.Yaml.Should().Contain(good);
        AgreementFile
            .Parse(Some.Yaml.Replace(good, wrong, StringComparison.Ordinal))
            .Should()
            .BeOfType<Parsed<AgreementFile>.Bad>()
            .Which.Problems.Should()
            .ContainSingle()
            .Which.Message.Should()
            .Contain(told);
    }

    [Theory]
    [InlineData("    title: Good faith", "\ttitle: Good faith", "agreement/not-yaml", 40)]
    [InlineData("title: Good faith", "title: 9", "input/not-text", 40)]
    [InlineData("{kinds: bombing, zones: quay}", "{kinds: bombing, by: north}", "input/unknown-member", 31)]
    public void What_misled_is_told_where_it_stands(string good, string wrong, string code, int line) =>
        AgreementFile
            .Parse(Some.Yaml.Replace(good, wrong, StringComparison.Ordinal))
            .Should()
            .BeOfType<Parsed<AgreementFile>.Bad>()
            .Which.Problems.Select(problem => (problem.Code, problem.Line))
            .Should()
            .Equal((code, line));

    private static IEnumerable<string> Warnings(params string[] replaced)
    {
        var text = Some.Yaml;
        for (var i = 0; i < replaced.Length; i += 2)
        {
            text.Should().Contain(replaced[i]);
            text = text.Replace(replaced[i], replaced[i + 1], StringComparison.Ordinal);
        }

        return AgreementFile.Parse(text).Required().Warnings.Select(w => $"{w.Code} at line {w.Line}");
    }
}
