using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The flow programs of all Rheos on this machine, found in the kernel by what they are: their names and the maps that they use. Needs CAP_SYS_ADMIN.
/// </summary>
public static class LoadedRheos
{
    private const string TableName = "flow_table";

    /// <summary>Each Rheo with its programs.</summary>
    /// <exception cref="MissingSupportException">This process may not look.</exception>
    public static IReadOnlyList<IReadOnlyList<LoadedProgram>> Find()
    {
        try
        {
            return [.. LoadedProgram.All().Where(IsOurs).GroupBy(Table).Where(group => group.Key != 0).Select(group => group.ToList())];
        }
        catch (BpfException refused)
        {
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    private static bool IsOurs(LoadedProgram program) => program.Type == ProgramType.SchedCls
        && (program.Name.StartsWith("flow_ingress_l", StringComparison.Ordinal) || program.Name.StartsWith("flow_egress_l", StringComparison.Ordinal));

    // Programs of one Rheo share its table; no two Rheos share one.
    private static uint Table(LoadedProgram program) => program.Maps.FirstOrDefault(map => LoadedProgram.MapName(map) == TableName);
}
