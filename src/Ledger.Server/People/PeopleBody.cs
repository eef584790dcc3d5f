using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Requests;
using Ledger.Server.Settings;
using Ledger.Store.People;
using NodaTime;

namespace Ledger.Server.People;

/// <summary>Reads the bodies of administration, and sees that nobody gives what they do not have.</summary>
internal static class PeopleBody
{
    /// <summary>Stands for the caller where an address names a person.</summary>
    public const string Me = "me";

    private const int MostDays = 366;

    /// <summary>What went wrong, or null and <paramref name="use"/> has answered.</summary>
    public static async Task<IResult> ReadAsync<T>(
        HttpRequest request,
        Func<InputNode, T?> read,
        Func<T, Task<IResult>> use
    )
        where T : class
    {
        var parsed = (await RequestBody.JsonAsync(request)).Then<T>(body =>
        {
            var problems = new Problems();
            var value = read(new InputNode(body, "", problems));
            return problems.Any || value is null
                ? new Parsed<T>.Bad(problems.ToImmutable())
                : new Parsed<T>.Good(value);
        });
        return parsed switch
        {
            Parsed<T>.Good { Value: var value } => await use(value),
            Parsed<T>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public static Duration Days(InputNode input, int usual) =>
        Duration.FromDays((int)(input.Integer(1, MostDays) ?? usual));

    /// <summary>
    /// Of memberships that somebody wants to give: an administrator gives roles in their own agreements, and only who
    /// keeps the ledger gives them in all.
    /// </summary>
    public static ErrorAnswer? Refusal(this Caller? caller, IEnumerable<Membership> given) =>
        given.FirstOrDefault(m => !caller.Administers(m.Agreement)) is { } beyond
            ? new ErrorAnswer(
                ErrorCodes.NotPermitted,
                $"You do not administer {(beyond.Agreement == Membership.Every ? "every agreement" : $"'{beyond.Agreement}'")}, so you cannot grant roles there."
            )
            : null;

    public static bool Administers(this Caller? caller, string agreement) =>
        agreement == Membership.Every ? caller.Keeps() : caller.May(Permission.Administer, agreement);

    /// <summary>The path of a link, with its secret behind <c>#</c>, where browsers keep it to themselves.</summary>
    public static string LinkOf(HttpRequest request, string secret, ServerSettings settings)
    {
        var address = $"{request.Scheme}://{request.Host}";
        // Whoever asks on this machine may ask for somebody who comes from elsewhere.
        if (settings.Hosts is [var host, ..] && ServerSettings.IsLoopback(request.Host.Host))
            address =
                settings.Certificate is null || settings.Port == 443
                    ? $"https://{host}"
                    : $"https://{host}:{settings.Port}";
        return $"{address}{(settings.WebFolder is null ? SignInPage.Address : SignInPage.InTheApp)}#{secret}";
    }

    public static Guid? Id(string text) => Guid.TryParseExact(text, "D", out var id) ? id : null;

    public static ImmutableArray<Membership> Visible(this Caller? caller, ImmutableArray<Membership> memberships) =>
        [.. memberships.Where(m => caller.Keeps() || caller.Administers(m.Agreement))];
}
