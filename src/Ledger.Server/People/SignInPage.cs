using Ledger.Server.Authorization;
using Ledger.Server.Pages;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>
/// Where a link leads on a server without the web app, and a way in for a browser in which the app does not run. The
/// secret stands behind <c>#</c>, which browsers keep to themselves: it is in no request line, no log and no Referer.
/// The page's script takes it out of the address bar before anything else and sends it in a body.
/// </summary>
public static class SignInPage
{
    public const string Address = "/plain/sign-in";

    /// <summary>Where links lead when the app is there; it takes the secret in the same way.</summary>
    public const string InTheApp = "/sign-in";

    [WolverineGet("/plain/sign-in")]
    [Permit(Permission.Everyone, AsksNobody = true)]
    public static IResult Get() =>
        new HtmlPage(
            "Sign in",
            Html.Of(
                $"""
                <h1>Sign in</h1>
                <p id="said" role="status">Open the whole link that you were given, including the part after #. It works once.</p>
                <form id="sign-in" hidden>
                <p><label>Your name <input id="name" autocomplete="name" maxlength="200"></label></p>
                <p><label>What you call this device <input id="device" maxlength="200"></label></p>
                <p><button>Come in</button></p>
                </form>
                <p>Without a link: an administrator of your agreement makes one for you. Whoever runs the server prints one with <code>./ledger people link</code>.
                To sign in with a passkey, use <a href="/sign-in">the app</a>.</p>
                <noscript><p>Signing in needs a browser that runs scripts. <a href="/plain">The public pages</a> do not.</p></noscript>
                <script src="/plain/sign-in.js"></script>
                """
            ),
            script: true
        );

    [WolverineGet("/plain/sign-in.js")]
    [Permit(Permission.Everyone, AsksNobody = true)]
    public static IResult Script() => Assets.Asset("sign-in.js", "text/javascript; charset=utf-8");
}
