using System.IO.Pipelines;
using Ledger.Server.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace Ledger.Server.Limits;

/// <summary>
/// Cuts whoever asks and does not read. The pace that the web server itself asks for is an average over the whole
/// answer: who took the first megabytes at once, or whose kernel did, may read nothing for hours after.
/// </summary>
public sealed class StalledReaders(RequestDelegate next, ServerSettings settings)
{
    /// <summary>What waits to be sent has to fall by 32 KB in that time, which is the slowest pace.</summary>
    private const int Patiences = 8;

    public Task InvokeAsync(HttpContext context)
    {
        context.Features.Set<IHttpResponseBodyFeature>(
            new Body(
                context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(),
                settings.Patience * Patiences,
                context.Abort
            )
        );
        return next(context);
    }

    private sealed class Body : IHttpResponseBodyFeature
    {
        private readonly IHttpResponseBodyFeature _inner;

        public Body(IHttpResponseBodyFeature inner, TimeSpan longest, Action abort)
        {
            (_inner, Writer) = (inner, new Pipe(inner.Writer, longest, abort));
            Stream = Writer.AsStream(leaveOpen: true);
        }

        public Stream Stream { get; }

        public PipeWriter Writer { get; }

        public void DisableBuffering() => _inner.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => _inner.StartAsync(cancellationToken);

        public Task SendFileAsync(
            string path,
            long offset,
            long? count,
            CancellationToken cancellationToken = default
        ) => SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

        public Task CompleteAsync() => _inner.CompleteAsync();
    }

    private sealed class Pipe(PipeWriter inner, TimeSpan longest, Action abort) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            var flushing = inner.FlushAsync(cancellationToken);
            return flushing.IsCompleted ? flushing : WaitAsync(flushing);
        }

        private async ValueTask<FlushResult> WaitAsync(ValueTask<FlushResult> flushing)
        {
            using var patience = new CancellationTokenSource(longest);
            await using var cut = patience.Token.Register(abort);
            return await flushing;
        }
    }
}
