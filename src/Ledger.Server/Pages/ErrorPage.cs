using System.Collections.Frozen;
using Ledger.Server.Answers;

namespace Ledger.Server.Pages;

/// <summary>
/// What went wrong as a page, for a browser that asked for one, in its reader's language as far as we speak it; the
/// details are the server's own English sentence.
/// </summary>
public static class ErrorPage
{
    private sealed record Words(
        string CannotRead,
        string SignIn,
        string NotAllowed,
        string Nothing,
        string TooMany,
        string Later,
        string Failed,
        string Agreements,
        string WayIn
    )
    {
        public string Of(int status) =>
            status switch
            {
                401 => SignIn,
                403 => NotAllowed,
                404 => Nothing,
                429 => TooMany,
                503 => Later,
                >= 500 => Failed,
                _ => CannotRead,
            };
    }

    private static readonly FrozenDictionary<string, Words> Languages = new Dictionary<string, Words>
    {
        ["en"] = new(
            "The request cannot be read",
            "You must sign in",
            "This is not allowed",
            "There is nothing here, or it is open only to people with a role",
            "Too many requests; wait a moment",
            "The server is busy; try again in a moment",
            "The server failed",
            "All agreements",
            "Sign in"
        ),
        ["ar"] = new(
            "تعذّرت قراءة الطلب",
            "يجب أن تسجّل الدخول",
            "هذا غير مسموح به",
            "لا شيء هنا، أو هو مفتوح لأصحاب الأدوار فقط",
            "طلبات كثيرة؛ انتظر قليلًا",
            "الخادم مشغول؛ حاول بعد قليل",
            "تعطّل الخادم",
            "جميع الاتفاقات",
            "تسجيل الدخول"
        ),
        ["tr"] = new(
            "İstek okunamıyor",
            "Oturum açmalısınız",
            "Buna izin yok",
            "Burada bir şey yok ya da yalnızca bir rolü olanlara açık",
            "Çok fazla istek; biraz bekleyin",
            "Sunucu meşgul; birazdan yeniden deneyin",
            "Sunucuda bir arıza oldu",
            "Bütün anlaşmalar",
            "Oturum aç"
        ),
        ["ru"] = new(
            "Запрос не удалось прочитать",
            "Нужно войти",
            "Это не разрешено",
            "Здесь ничего нет, или это открыто только тем, у кого есть роль",
            "Слишком много запросов; подождите немного",
            "Сервер занят; попробуйте чуть позже",
            "На сервере произошёл сбой",
            "Все соглашения",
            "Войти"
        ),
    }.ToFrozenDictionary();

    /// <summary>Programs, and the app, ask for JSON or for anything; only who asks for a page is given one.</summary>
    public static void UseErrorPages(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (IsForPages(context.Request))
                    context.Features.Set<ErrorShape>(error => PageOf(error, LanguageOf(context.Request)));
                return next(context);
            }
        );

    private static bool IsForPages(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static HtmlPage PageOf(ErrorAnswer error, string language)
    {
        var words = Languages[language];
        var title = words.Of(error.Status);
        return new HtmlPage(
            title,
            Html.Of(
                $"""
                <h1>{title}</h1>
                <p class="small faint" lang="en" dir="ltr">{error.Detail}</p>
                <p><a href="/plain">{words.Agreements}</a> · <a href="/plain/sign-in">{words.WayIn}</a></p>
                """
            ),
            language: language
        );
    }

    private static string LanguageOf(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(wanted => wanted.Quality ?? 1)
            .Select(wanted => wanted.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(Languages.ContainsKey)
        ?? "en";
}
