namespace Rheo.Bpf.Gen;

/// <summary>The map types for which typed access is generated (<c>enum bpf_map_type</c>); others are plain <c>BpfMap</c>s.</summary>
internal enum MapType : uint
{
    Hash = 1,
    Array = 2,
    PerCpuHash = 5,
    PerCpuArray = 6,
    LruHash = 9,
    LruPerCpuHash = 10,
    LpmTrie = 11,
    RingBuffer = 27,
}
