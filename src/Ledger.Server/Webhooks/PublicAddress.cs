using System.Net;
using System.Net.Sockets;

namespace Ledger.Server.Webhooks;

/// <summary>
/// Which addresses belong to the public internet. What is not known to is taken to lead into somebody's house.
/// </summary>
public static class PublicAddress
{
    /// <summary>
    /// RFC 6890 and its successors: this network, private, shared, loopback, link-local, assignments, tests, relays,
    /// multicast, reserved.
    /// </summary>
    private static readonly IPNetwork[] Special4 =
    [
        .. (
            (string[])
                [
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                ]
        ).Select(IPNetwork.Parse),
    ];

    /// <summary>
    /// All that is public is within this, but for what <see cref="Special6"/> takes out: tunnels, whose inner address
    /// is anybody's, and documentation.
    /// </summary>
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special6 =
    [
        .. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(Special4, network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => Global6.Contains(address)
                && !Array.Exists(Special6, network => network.Contains(address)),
            _ => false,
        };
    }
}
