namespace Rheo.Bpf.Netlink;

/// <summary>One filter of a clsact qdisc, as a dump shows it.</summary>
/// <param name="Kind">"bpf", "u32", "flower" …</param>
/// <param name="Chain">The chain it is in; packets enter at chain 0.</param>
/// <param name="Priority">The lower runs first.</param>
/// <param name="Protocol">The EtherType it takes, host order; ETH_P_ALL for every packet.</param>
/// <param name="Handle">Its number within the priority; 0 for the entry that stands for the priority itself.</param>
/// <param name="Name">A bpf filter's name, else empty.</param>
/// <param name="ProgramId">A bpf filter's program, else 0.</param>
internal readonly record struct TcFilter(
    string Kind, uint Chain, ushort Priority, ushort Protocol, uint Handle, string Name, uint ProgramId);
