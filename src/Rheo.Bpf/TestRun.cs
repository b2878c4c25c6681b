namespace Rheo.Bpf;

/// <summary>What to run a program on: the input of <see cref="BpfProgram.TestRun(in Rheo.Bpf.TestRun)"/> and the room for its output.</summary>
/// <remarks>Source: <c>BPF_PROG_TEST_RUN</c> (<c>BPF_PROG_RUN</c>) in the kernel's Documentation/bpf/bpf_prog_run.rst.</remarks>
public readonly ref struct TestRun
{
    /// <summary>Describes a run of one repetition without input; set the properties that apply.</summary>
    public TestRun()
    {
    }

    /// <summary>The packet, from its Ethernet header on; at least 14 bytes for XDP and tc programs, empty for tracing programs.</summary>
    public ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Room for the packet as the program left it; empty if nobody asks. What does not fit is cut off.</summary>
    public Span<byte> DataOut { get; init; }

    /// <summary>The context: a <c>struct xdp_md</c>, <c>struct __sk_buff</c>, or the arguments of a raw tracepoint; may be empty.</summary>
    public ReadOnlySpan<byte> Context { get; init; }

    /// <summary>Room for the context as the program left it; empty if nobody asks.</summary>
    public Span<byte> ContextOut { get; init; }

    /// <summary>How often to run it, at least 1. With <see cref="LiveFrames"/>, how many frames to send.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>
    /// XDP only: the frames are real, and what the program says (pass, transmit, redirect) is done with them. The fastest packet
    /// source there is. The context's <c>ingress_ifindex</c> says where they seem to come from; no output is possible.
    /// </summary>
    /// <remarks>Kernel: 5.18, CAP_NET_ADMIN. Each frame is sent as the program left the page on its previous use.</remarks>
    public bool LiveFrames { get; init; }

    /// <summary>With <see cref="LiveFrames"/>: frames a batch, 1 to 256; 0 means the kernel's 64.</summary>
    public int BatchSize { get; init; }

    /// <summary>Raw tracepoints only: the CPU to run on; null means this one.</summary>
    public int? Cpu { get; init; }
}
