using QRCoder;

namespace Ledger.Server.People;

/// <summary>A link that a phone can read from a screen.</summary>
internal static class QrCode
{
    private const int PixelsPerModule = 4;

    public static string Svg(string text)
    {
        using var codes = new QRCodeGenerator();
        using var code = codes.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return svg.GetGraphic(PixelsPerModule);
    }
}
