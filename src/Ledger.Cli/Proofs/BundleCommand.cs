using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary><c>ledger bundle AGREEMENT</c></summary>
public static class BundleCommand
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The file to write. Default: AGREEMENT.zip.",
            HelpName = "FILE",
        };
        var opened = new Option<bool>("--disclosures")
        {
            Description = "Include the sealed values that you may see, not only their digests.",
        };
        var reason = new Option<string?>("--reason")
        {
            Description = "With --disclosures: the reason. It is recorded with your name and shown to auditors.",
            HelpName = "TEXT",
        };
        var evidence = new Option<bool>("--evidence")
        {
            Description = "Include the evidence files that have arrived, not only their digests.",
        };
        var command = new Command(
            "bundle",
            "Export a whole ledger as one file that 'ledger verify' checks without a network, server or database."
        )
        {
            agreement,
            output,
            opened,
            reason,
            evidence,
        };
        return command.OnServer(
            terminal,
            async context =>
            {
                var name = context.Get(agreement);
                var file = terminal.PathOf(context.Get(output) ?? $"{name}.zip");
                using var request = new HttpRequestMessage(
                    context.Get(opened) ? HttpMethod.Post : HttpMethod.Get,
                    $"/log/{Uri.EscapeDataString(name)}/bundle.zip{(context.Get(evidence) ? "?evidence=included" : "")}"
                );
                if (context.Get(opened))
                    request.Content = new StringContent(
                        new JsonObject { ["reason"] = context.Get(reason) ?? "" }.ToJsonString(),
                        Encoding.UTF8,
                        "application/json"
                    );
                using var response = await context.Server.OpenAsync(request, context.Cancel);
                var next = $"{file}.part";
                try
                {
                    await using var stream = File.Create(next);
                    await response.Content.CopyToAsync(stream, context.Cancel);
                }
                catch (HttpRequestException broken)
                {
                    throw new UnreachableException(
                        context.Server.Address,
                        $"the download of the bundle was interrupted ({broken.Message})."
                    );
                }

                File.Move(next, file, overwrite: true);
                terminal.Out.WriteLine(
                    $"{file}, {new FileInfo(file).Length} bytes. Verify it with: ledger verify {file}"
                );
                return ExitCode.Done;
            }
        );
    }
}
