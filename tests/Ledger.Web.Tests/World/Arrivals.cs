using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Web.Tests.World;

/// <summary>Everything that browsers send to a server, whichever page or worker of theirs sends it.</summary>
public sealed class Arrivals : IStartupFilter
{
    private readonly StringBuilder _arrived = new();

    public string Text
    {
        get
        {
            lock (_arrived)
                return _arrived.ToString();
        }
    }

    public void Listen(IServiceCollection services) => services.AddSingleton<IStartupFilter>(this);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                async (context, answer) =>
                {
                    context.Request.EnableBuffering();
                    using var body = new MemoryStream();
                    await context.Request.Body.CopyToAsync(body);
                    context.Request.Body.Position = 0;
                    lock (_arrived)
                        _arrived
                            .Append(context.Request.Method)
                            .Append(' ')
                            .Append(context.Request.Path)
                            .Append(context.Request.QueryString)
                            .Append('\n')
                            .AppendJoin('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))
                            .Append("\n\n")
                            .Append(Encoding.Latin1.GetString(body.ToArray()))
                            .Append('\n');
                    await answer();
                }
            );
            next(app);
        };
}
