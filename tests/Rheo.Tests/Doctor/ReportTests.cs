using System.Text;
using Rheo.Sinks;
using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Doctor;

public sealed class ReportTests
{
    private static readonly DoctorReport Report = new(
    [
        Finding.Ok(FindingArea.Support, "kernel", "Linux 6.18"),
        Finding.Warn(FindingArea.Support, "limit.nofile", "open files: 256; each interface takes two", "ulimit -n 65536"),
        Finding.Unknown(FindingArea.Neighbours, "neighbours", "cannot look at the hooks", "run as root"),
        Finding.Fail(FindingArea.SelfTest, "self_test.hook", "probe0 egress: 0 of 8 probe packets counted, by probe0 (tcx)", "please report it"),
    ],
    [new ChainStage("wire", 40, null, "counted by the interfaces"), new ChainStage("tables", 32, 40, "read from the kernel's tables")], []);

    private static readonly CostReport Cost = new(
        true, 2, [new ProgramCost("flow_ingress_l2", 7, 20_000, 1_000_000), new ProgramCost("flow_egress_l2", 8, 0, 0)],
        [new ProcessCost("core", 101, 0.002, 30 << 20), new ProcessCost("warden", 100, 0.0001, 8 << 20)]);

    [Fact]
    public void TheDoctorsReportReadsAsPublished()
    {
        Golden.Check("doctor.txt", Text(output => DoctorTable.Write(output, Screen.None, Report)));
        Golden.Check("doctor.json", WithoutMachine(Bytes(output => DoctorJson.Write(output, Report))));
    }

    [Fact]
    public void TheCostReadsAsPublished()
    {
        Golden.Check("cost.txt", Text(output => CostTable.Write(output, Screen.None, Cost)));
        Golden.Check("cost.json", Bytes(output => CostJson.Write(output, Cost)));
    }

    [Fact]
    public void SharesAreOfOneCore()
    {
        Assert.Equal(0.0005, Cost.KernelShare, 9);
        Assert.Equal(0.00105, Cost.UserShare, 9);
        Assert.Equal(50, Cost.Programs[0].NsPerRun);
    }

    [Theory]
    [InlineData(FindingStatus.Ok, FindingArea.Support, 0)]
    [InlineData(FindingStatus.Warn, FindingArea.Agent, 0)]
    [InlineData(FindingStatus.Unknown, FindingArea.SelfTest, 0)]
    [InlineData(FindingStatus.Fail, FindingArea.Support, 3)]
    [InlineData(FindingStatus.Fail, FindingArea.SelfTest, 1)]
    [InlineData(FindingStatus.Fail, FindingArea.Agent, 1)]
    public void TheExitCodeSaysWhatFails(FindingStatus status, FindingArea area, int code) =>
        Assert.Equal(code, new DoctorReport([new Finding(area, "check", status, "")], [], []).ExitCode);

    [Fact]
    public void MissingSupportOutweighsWhatFollowsFromIt() => Assert.Equal(3, new DoctorReport(
        [Finding.Fail(FindingArea.SelfTest, "a", ""), Finding.Fail(FindingArea.Support, "b", "")], [], []).ExitCode);

    private static string Text(Action<TextWriter> write)
    {
        using var output = new StringWriter();
        write(output);
        return output.ToString();
    }

    private static string Bytes(Action<Stream> write)
    {
        using var output = new MemoryStream();
        write(output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static string WithoutMachine(string json) => string.Join(
        '\n', json.Split('\n').Where(line => !line.Contains("\"version\"") && !line.Contains("\"kernel\":") && !line.Contains("\"architecture\"")));
}
