using Ledger.Store.People;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Ledger.Server.People;

/// <summary>
/// Shows the framework's passkey handler, which checks what authenticators say (WebAuthn, level 3), our people and
/// their passkeys. It only asks; what is added and removed goes through <see cref="Passkeys"/>.
/// </summary>
internal sealed class PasskeyUsers(PeopleRegister people, Passkeys passkeys) : IUserPasskeyStore<Person>
{
    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(IdOf(user.Id));

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    /// <summary>Nobody, where the person was revoked.</summary>
    public async Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        PeopleBody.Id(userId) is { } id && await people.FindAsync(id, cancellationToken) is { RevokedAt: null } person
            ? person
            : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        [.. (await passkeys.OfAsync(user.Id, cancellationToken)).Select(Info)];

    public async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } found
            ? await people.FindAsync(found.Person, cancellationToken)
            : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        Person user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } found && found.Person == user.Id
            ? Info(found)
            : null;

    public Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw OnlyAsks();

    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw OnlyAsks();

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) =>
        throw OnlyAsks();

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) =>
        throw OnlyAsks();

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) =>
        throw OnlyAsks();

    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => throw OnlyAsks();

    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) => throw OnlyAsks();

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => throw OnlyAsks();

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        throw OnlyAsks();

    public void Dispose() { }

    public static string IdOf(Guid person) => person.ToString("D");

    private static NotSupportedException OnlyAsks() => new("The passkey handler only asks who there is.");

    private static UserPasskeyInfo Info(Passkey passkey) =>
        new(
            passkey.Id,
            passkey.Credential.PublicKey,
            passkey.CreatedAt.ToDateTimeOffset(),
            passkey.Credential.SignCount,
            [.. passkey.Credential.Transports],
            isUserVerified: true,
            passkey.Credential.BackupEligible,
            passkey.Credential.BackedUp,
            attestationObject: [],
            clientDataJson: []
        );

    /// <summary>What of a passkey is kept.</summary>
    public static PasskeyCredential Kept(UserPasskeyInfo passkey) =>
        new(
            passkey.PublicKey,
            passkey.SignCount,
            [.. passkey.Transports ?? []],
            passkey.IsBackupEligible,
            passkey.IsBackedUp
        );
}
