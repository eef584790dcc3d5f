using System.Text;

namespace Ledger.Web.Tests.World;

/// <summary>Photos as a phone takes them, with what it writes into them.</summary>
public static class Photograph
{
    public const string Secret = "CAMERA-4711-AT-HOME";

    /// <summary>A real JPEG of noise, which does not compress, with an Exif segment.</summary>
    /// <param name="page">Whose browser draws it.</param>
    /// <param name="side">Pixels; about half a byte for each.</param>
    public static async Task<byte[]> TakeAsync(IPage page, int side = 64)
    {
        var jpeg = Convert.FromBase64String(
            await page.EvaluateAsync<string>(
                """
                async side => {
                    const canvas = document.createElement('canvas')
                    canvas.width = canvas.height = side
                    const context = canvas.getContext('2d')
                    const image = context.createImageData(side, side)
                    for (let i = 0; i < image.data.length; i++) image.data[i] = i % 4 === 3 ? 255 : Math.random() * 256
                    context.putImageData(image, 0, 0)
                    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]
                }
                """,
                side
            )
        );
        return WithCamera(jpeg);
    }

    /// <summary>With an Exif segment after its first marker.</summary>
    private static byte[] WithCamera(byte[] jpeg)
    {
        var exif = Encoding.Latin1.GetBytes($"Exif\0\0{Secret}");
        var length = exif.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg[2..]];
    }
}
