namespace Rheo.Bpf;

/// <summary>Something that sees packets at a traffic-control hook: a tcx program, or a filter of any kind.</summary>
/// <param name="Mechanism">How it is attached.</param>
/// <param name="Kind">"bpf" for programs; "u32", "flower", "matchall" … for other filters.</param>
/// <param name="ProgramId">The program's id; 0 for a filter that is no program.</param>
/// <param name="LinkId">The tcx link's id; 0 for filters, and for tcx programs attached without a link.</param>
/// <param name="Name">The filter's name, or the program's where this process may see it (CAP_SYS_ADMIN); else null.</param>
/// <param name="Priority">A filter's priority, the lower first; 0 for tcx.</param>
/// <param name="Handle">A filter's handle; 0 for tcx.</param>
public readonly record struct TcHookEntry(
    TcMechanism Mechanism, string Kind, uint ProgramId, uint LinkId, string? Name, ushort Priority, uint Handle);
