using Ledger.Server.Pages;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>
/// Where a link leads. Its secret stands behind <c>#</c>, which browsers keep to themselves: it is in no request line, no log and no Referer. The page's script
/// takes it out of the address bar before anything else and sends it in a body.
/// </summary>
public static class SignInPage
{
    /// <summary>Where links lead.</summary>
    public const string Address = "/plain/sign-in";

    [WolverineGet("/plain/sign-in")]
    public static IResult Get() => new Page("Sign in", Html.Of($"""
        <h1>Sign in</h1>
        <form id="sign-in" hidden>
        <p><label>Your name <input id="name" autocomplete="name" maxlength="200"></label></p>
        <p><label>What you call this device <input id="device" maxlength="200"></label></p>
        <p><button>Come in</button></p>
        </form>
        <p id="said" role="status">Open the link that you were given; it works once. On the server's own machine <code>./ledger people link</code> prints one.</p>
        <script src="/plain/sign-in.js"></script>
        """), script: true);

    [WolverineGet("/plain/sign-in.js")]
    public static IResult Script() => Assets.Asset("sign-in.js", "text/javascript; charset=utf-8");
}
