namespace Rheo.Bpf;

internal enum FeatureKind
{
    Program,
    Map,
    Helper,
    Tcx,
    UprobeMulti,
    PerfEventLink,
}
