namespace Rheo.Bpf;

internal enum IteratorTargetKind
{
    All,
    Map,
    Thread,
    Process,
    Cgroup,
}
