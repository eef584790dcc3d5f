using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Ledger.Web.Tests.Stories;

/// <summary>An auditor does not take the server's word for what a file is.</summary>
public sealed class DeskEvidence(AppServer server) : IClassFixture<AppServer>
{
    [Fact]
    public async Task A_file_is_hashed_in_the_browser_and_a_changed_one_is_told()
    {
        const string report = "016719d1-3400-7734-b1f0-805709381e29";
        var bytes = "On 13 October two shells fell beside the road.\n"u8.ToArray();
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        using (
            var content = new ByteArrayContent(bytes)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("text/plain") },
            }
        )
            (
                await server.Http.PutAsync($"/api/v1/reports/{report}/evidence/{digest}", content)
            ).EnsureSuccessStatusCode();
        await server.PostAsync(
            $"/api/v1/reports/{report}/evidence",
            $$"""{"entryId": "{{Guid.CreateVersion7()}}", "sha256": "{{digest}}", "mediaType": "text/plain", "size": {{bytes.Length}}}"""
        );

        await using var visit = await Visit.OpenAsync(server, $"/a/{AppServer.Agreement}/incident/{report}");
        var check = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check its hash here" });
        await check.ClickAsync();
        await visit.SeesAsync($"{bytes.Length} bytes. Their hash is this fingerprint");

        // Somebody with the server's disk changes one letter.
        bytes[3] ^= 1;
        await File.WriteAllBytesAsync(
            Path.Combine(server.Evidence, AppServer.Agreement, digest[..2], digest[2..4], digest),
            bytes
        );
        await check.ClickAsync();
        await visit.SeesAsync("Their hash is NOT this fingerprint");
        await visit.SeesAsync(Convert.ToHexStringLower(SHA256.HashData(bytes)));

        File.Delete(Path.Combine(server.Evidence, AppServer.Agreement, digest[..2], digest[2..4], digest));
        await check.ClickAsync();
        await visit.SeesAsync("The server does not have this file");
    }

    [Theory]
    [InlineData("ar")]
    [InlineData("en-GB")]
    public async Task The_bytes_of_an_entry_are_read_on_a_phone_by_whoever_has_no_pointer(string language)
    {
        await using var visit = await Visit.OpenAsync(
            server,
            $"/a/{AppServer.Agreement}/ledger/39",
            Screen.Phone,
            language,
            signedIn: false
        );
        await visit.Page.Locator("code.bytes").WaitForAsync();
        (await Axe.FindingsAsync(visit.Page)).Should().BeEmpty();
    }
}
