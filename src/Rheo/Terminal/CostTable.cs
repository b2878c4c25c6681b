using System.Globalization;

namespace Rheo.Terminal;

/// <summary>The report of <c>rheo cost</c> for a person.</summary>
public static class CostTable
{
    /// <summary>Prints the programs, the processes, and the sum.</summary>
    public static void Write(TextWriter output, Screen screen, CostReport report)
    {
        var programs = new Table([new("PROGRAM"), new("ID", Right: true), new("RUNS/S", Right: true), new("NS A RUN", Right: true), new("% OF A CORE", Right: true)]);
        foreach (var program in report.Programs.Where(program => program.Runs > 0))
        {
            programs.Add(
                Text.Printable(program.Program), Number(program.Id), Units.Count((ulong)Math.Round(program.Runs / report.Seconds)),
                program.NsPerRun.ToString("0", CultureInfo.InvariantCulture), Percent(program.RunTimeNs / 1e9 / report.Seconds));
        }

        programs.Write(output, screen);
        if (report.Programs.Count(program => program.Runs == 0) is > 0 and var idle)
            output.WriteLine(idle == report.Programs.Count ? $"none of its {idle} programs ran" : $"{idle} more did not run");
        output.WriteLine();
        var processes = new Table([new("PROCESS"), new("PID", Right: true), new("MEMORY", Right: true), new("% OF A CORE", Right: true)]);
        foreach (var process in report.Processes)
            processes.Add(process.Role, Number(process.Id), Units.Bytes((ulong)process.ResidentBytes), Percent(process.CpuSeconds / report.Seconds));
        processes.Write(output, screen);
        output.WriteLine();
        output.WriteLine($"{(report.IsAgent ? "The running agent" : "A capture of this command's own")}, over {Units.Microseconds(report.Seconds * 1e6)}: "
            + $"kernel {Percent(report.KernelShare)} % + user space {Percent(report.UserShare)} % = {Percent(report.KernelShare + report.UserShare)} % of a core");
        output.Flush();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString(share < 0.01 ? "0.000" : "0.00", CultureInfo.InvariantCulture);
}
