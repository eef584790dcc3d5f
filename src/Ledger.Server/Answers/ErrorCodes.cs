using System.Collections.Frozen;
using Ledger.Store.Log;

namespace Ledger.Server.Answers;

/// <summary>The status of every error that is not simply something wrong with what was handed in.</summary>
public static class ErrorCodes
{
    public const string Fault = "server/fault";
    public const string Unavailable = "server/unavailable";
    public const string NoRoute = "route/not-found";
    public const string WrongMethod = "route/method-not-allowed";
    public const string ForeignHost = "request/foreign-host";
    public const string Malformed = "request/malformed";
    public const string TooSlow = "request/too-slow";
    public const string TooMany = "request/too-many";
    public const string NotAcceptable = "request/not-acceptable";
    public const string BodyTooLarge = "body/too-large";
    public const string BodyType = "body/unsupported-type";
    public const string BodyEmpty = "body/empty";
    public const string NotJson = "input/not-json";
    public const string AgreementNotFound = "agreement/not-found";
    public const string EntryNotFound = "entry/not-found";
    public const string SignIn = "permission/sign-in";
    public const string TokenRefused = "permission/token-refused";
    public const string NotPermitted = "permission/denied";
    public const string NotOwn = "permission/not-own";
    public const string TwoPeople = "permission/two-people";
    public const string Sealed = "permission/sealed";
    public const string CrossSite = "permission/cross-site";
    public const string LinkRefused = "permission/link-refused";
    public const string LinkUsed = "permission/link-used";
    public const string LinkExpired = "permission/link-expired";
    public const string LinkWithdrawn = "permission/link-withdrawn";
    public const string PasskeyRefused = "permission/passkey-refused";
    public const string NoSession = "permission/no-session";
    public const string StaleProof = "permission/stale-proof";
    public const string UnknownProvision = "query/unknown-provision";

    public const string NoRoom = "evidence/no-room";
    public const string NoRoomOfPerson = "evidence/person-full";
    public const string NoRoomOfAgreement = "evidence/agreement-full";
    public const string NoFile = "evidence/not-found";
    public const string NoWebhook = "webhook/not-found";

    private static readonly FrozenDictionary<string, int> Statuses = new Dictionary<string, int>
    {
        [Malformed] = 400,
        [BodyEmpty] = 400,
        [NotJson] = 400,
        ["agreement/not-yaml"] = 400,
        [SignIn] = 401,
        [TokenRefused] = 401,
        [NotPermitted] = 403,
        [NotOwn] = 403,
        [TwoPeople] = 403,
        [CrossSite] = 403,
        [Sealed] = 403,
        [LinkRefused] = 403,
        [LinkUsed] = 403,
        [LinkExpired] = 403,
        [LinkWithdrawn] = 403,
        [PasskeyRefused] = 403,
        [NoSession] = 403,
        [StaleProof] = 403,
        [NoRoute] = 404,
        [AgreementNotFound] = 404,
        [UnknownProvision] = 404,
        ["agreement/not-adopted"] = 404,
        [NoFile] = 404,
        [NoWebhook] = 404,
        [WrongMethod] = 405,
        [NotAcceptable] = 406,
        [TooSlow] = 408,
        ["agreement/already-adopted"] = 409,
        [BodyTooLarge] = 413,
        [BodyType] = 415,
        [ForeignHost] = 421,
        [TooMany] = 429,
        [Fault] = 500,
        [Unavailable] = 503,
        [NotRecordingException.RolledBack] = 503,
        [NotRecordingException.ClockDiffers] = 503,
        [NotRecordingException.ClockAhead] = 503,
        [NotRecordingException.RefusedByWitnesses] = 503,
        [NotRecordingException.DiskFull] = 503,
        [NoRoom] = 503,
    }.ToFrozenDictionary();

    /// <summary>422 where nothing else is said: understood, and refused for what it says.</summary>
    public static int StatusOf(string code) =>
        Statuses.GetValueOrDefault(code, StatusCodes.Status422UnprocessableEntity);

    /// <summary>The code of an error that the web server itself found.</summary>
    public static string OfStatus(int status) =>
        status switch
        {
            401 => SignIn,
            403 => NotPermitted,
            404 => NoRoute,
            405 => WrongMethod,
            406 => NotAcceptable,
            408 => TooSlow,
            413 => BodyTooLarge,
            415 => BodyType,
            429 => TooMany,
            503 => Unavailable,
            >= 500 => Fault,
            _ => Malformed,
        };

    public static string TitleOf(int status) =>
        status switch
        {
            400 => "The request cannot be read",
            401 => "You must sign in",
            403 => "This is not allowed",
            404 => "There is nothing here",
            405 => "This address does not accept that method",
            406 => "The answer is not available in that format",
            408 => "The request arrived too slowly",
            409 => "It already exists",
            413 => "The request is too large",
            415 => "The body has the wrong media type",
            421 => "This server does not serve that host",
            422 => "The request cannot be recorded or answered",
            429 => "Too many requests",
            503 => "Try again in a moment",
            _ => "The server failed",
        };
}
