using System.Globalization;

namespace Ledger.Benchmarks.Intake;

/// <summary>What processes have used of the processors. It holds on a busy machine, where a rate does not.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    /// <summary>User and system time, with the children that were waited for: sessions that ended.</summary>
    public static TimeSpan Of(IEnumerable<int> processes) =>
        TimeSpan.FromSeconds(processes.Sum(TicksOf) / TicksPerSecond);

    private static long TicksOf(int process)
    {
        try
        {
            // The name, in parentheses, may hold spaces. After it utime is the 12th field, then stime, cutime, cstime.
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It has ended, and its parent counts it.
            return 0;
        }
    }
}
