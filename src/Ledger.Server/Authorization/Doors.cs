using Ledger.Server.Answers;
using Ledger.Store.People;
using NodaTime;

namespace Ledger.Server.Authorization;

/// <summary>
/// Who may open and shut the ways in: somebody who proved a moment ago who they are, with a passkey, a link or their
/// provider. The operator's token is a proof by itself: it lies in a file of this machine, and whoever can read that
/// can read the database and the keys.
/// </summary>
public static class Doors
{
    public static ErrorAnswer? Refusal(Caller caller, Instant now) =>
        caller switch
        {
            { IsOperators: true } => null,
            { Kind: AccessKind.Token } => new ErrorAnswer(
                ErrorCodes.NoSession,
                "An API token opens and shuts no way in: no token, session, passkey, device or link. Do it in a browser that is signed in, or with the operator's token on the server's machine."
            ),
            { ProvenAt: { } proven } when now - proven < Access.ProofLife => null,
            _ => new ErrorAnswer(
                ErrorCodes.StaleProof,
                $"It is more than {(int)Access.ProofLife.TotalMinutes} minutes since you showed who you are. Sign in again, with a passkey or a new link, and repeat this."
            ),
        };
}
