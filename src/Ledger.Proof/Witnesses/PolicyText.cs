using System.Collections.Immutable;
using System.Text;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Witnesses;

/// <summary>
/// Reads the file of a <see cref="TlogPolicy"/> (C2SP tlog-policy, "Policy file syntax and structure"). The file is
/// octets: names are compared as such, so each octet becomes one character here and only keys and messages are decoded
/// as UTF-8.
/// </summary>
internal sealed class PolicyText
{
    private const string None = "none";
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly Dictionary<string, PolicyMember> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _grouped = new(StringComparer.Ordinal);
    private int _number;
    private bool _hasQuorum;
    private PolicyMember? _quorum;

    /// <exception cref="MalformedException">The file breaks a rule; the message names the line.</exception>
    public static TlogPolicy Parse(ReadOnlySpan<byte> file)
    {
        var text = Encoding.Latin1.GetString(file);
        if (text.Length > 0 && !text.EndsWith('\n'))
            throw new MalformedException(
                Malformation.NoFinalNewline,
                "The last line of the policy has no newline at its end."
            );
        var policy = new PolicyText();
        foreach (var line in text.Split('\n')[..^1])
            policy.Read(line);
        return policy._hasQuorum
            ? new([.. policy._logs], [.. policy._witnesses], policy._quorum)
            : throw new MalformedException(
                Malformation.PolicyQuorum,
                "The policy has no quorum line; \"quorum none\" asks for no witness."
            );
    }

    private void Read(string line)
    {
        _number++;
        if (line.Any(static c => c is (< ' ' and not '\t') or '\u007f'))
            throw Refusal(Malformation.ControlCharacter, "a control character other than tab and newline");
        var words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case []:
            case [['#', ..], ..]:
                break;
            case ["log", var key]:
                AddLog(key, null);
                break;
            case ["log", var key, var url]:
                AddLog(key, url);
                break;
            case ["witness", var name, var key]:
                AddWitness(name, key, null);
                break;
            case ["witness", var name, var key, var url]:
                AddWitness(name, key, url);
                break;
            case ["group", var name, var threshold, _, ..]:
                AddGroup(name, threshold, words[3..]);
                break;
            case ["quorum", var name]:
                SetQuorum(name);
                break;
            default:
                throw Refusal(Malformation.Line, $"\"{Utf8(line)}\" is no log, witness, group or quorum line");
        }
    }

    private void AddLog(string vkey, string? url)
    {
        var key = Key(vkey, KeyType.Ed25519, _logs.Select(static log => log.Key));
        _logs.Add(new(key, url is null ? null : Utf8(url)));
    }

    private void AddWitness(string name, string vkey, string? url)
    {
        var key = Key(vkey, KeyType.Cosignature, _witnesses.Select(static witness => witness.Key));
        var witness = new PolicyWitness(Utf8(name), key, url is null ? null : Utf8(url));
        Define(name, witness);
        _witnesses.Add(witness);
    }

    private void AddGroup(string name, string threshold, string[] names)
    {
        var members = names.Select(Defined).ToImmutableArray();
        foreach (var member in names)
        {
            // Otherwise a witness could count twice for one quorum.
            if (!_grouped.Add(member))
                throw Refusal(Malformation.PolicyName, $"{Utf8(member)} is a member of a group already");
        }

        var needed = threshold switch
        {
            "any" => 1,
            "all" => members.Length,
            _ when Decimals.TryParse(threshold, out var number) && number >= 1 && number <= members.Length =>
                (int)number,
            _ => throw Refusal(
                Malformation.PolicyThreshold,
                $"the threshold {Utf8(threshold)} is not any, all or a number from 1 to {members.Length}"
            ),
        };
        Define(name, new PolicyGroup(Utf8(name), needed, members));
    }

    private void SetQuorum(string name)
    {
        if (_hasQuorum)
            throw Refusal(Malformation.PolicyQuorum, "a second quorum line");
        _hasQuorum = true;
        _quorum = string.Equals(name, None, StringComparison.Ordinal) ? null : Defined(name);
    }

    private void Define(string octets, PolicyMember member)
    {
        if (string.Equals(octets, None, StringComparison.Ordinal) || !_members.TryAdd(octets, member))
            throw Refusal(Malformation.PolicyName, $"the name {member.Name} is taken");
    }

    private PolicyMember Defined(string name) =>
        _members.TryGetValue(name, out var member)
            ? member
            : throw Refusal(Malformation.PolicyName, $"{Utf8(name)} is not defined on a line before");

    private VerifierKey Key(string vkey, KeyType type, IEnumerable<VerifierKey> others)
    {
        VerifierKey key;
        try
        {
            key = VerifierKey.Parse(StrictText.Decode(Encoding.Latin1.GetBytes(vkey)));
        }
        catch (MalformedException error)
        {
            throw Refusal(error.Malformation, error.Message);
        }

        if (key.Type != type)
            throw Refusal(Malformation.KeyType, $"the key of {key.Name} has type {key.Type}; {type} is needed here");
        if (others.Any(other => other.PublicKey.AsSpan().SequenceEqual(key.PublicKey)))
            throw Refusal(Malformation.PolicyKey, $"the public key of {key.Name} stands on a line before");
        return key;
    }

    private static string Utf8(string octets) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(octets));

    private MalformedException Refusal(Malformation malformation, string what) =>
        new(malformation, $"Policy line {_number}: {what}.");
}
