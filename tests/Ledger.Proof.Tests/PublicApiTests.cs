using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ledger.Proof.Tests;

/// <summary>
/// What other projects and other people's programs may call. A change is approved by running the test with
/// UPDATE_SNAPSHOTS=1 and reading the difference in PublicApi.txt.
/// </summary>
public class ThePublicApi
{
    [Fact]
    public void Changes_only_on_purpose()
    {
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "PublicApi.txt");
        var api = string.Concat(
            typeof(Hash)
                .Assembly.GetExportedTypes()
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(Describe)
        );
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, api);
        api.Should().Be(File.ReadAllText(path));
    }

    private static string Describe(Type type)
    {
        var members = type.IsEnum
            ? type.GetEnumValues().Cast<object>().Select(value => $"{value} = {Convert.ToInt64(value)}")
            : type.GetMembers(
                    BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly
                )
                .Where(member =>
                    member is not Type
                    && member.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                    && member is not MethodInfo { IsSpecialName: true }
                )
                .Select(member => $"{member.MemberType} {member}")
                .Order(StringComparer.Ordinal);
        return $"{type.FullName}\n{string.Concat(members.Select(member => $"    {member}\n"))}";
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
