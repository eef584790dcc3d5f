using QRCoder;

namespace Ledger.Cli.People;

/// <summary>A link that a phone can read from the terminal.</summary>
internal static class TerminalQr
{
    public static string Of(string text)
    {
        using var codes = new QRCodeGenerator();
        using var code = codes.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var blocks = new AsciiQRCode(code);
        return blocks.GetGraphicSmall();
    }
}
