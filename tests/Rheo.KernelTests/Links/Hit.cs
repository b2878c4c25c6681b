namespace Rheo.KernelTests.Links;

/// <summary>The places of <c>hits</c> in bpf/links.bpf.c.</summary>
internal enum Hit
{
    TcFirst,
    TcSecond,
    TcForeign,
    Xdp,
    SockOps,
    TpBtf,
    RawTracepoint,
    Tracepoint,
    Uprobe,
    Iterator,
}
