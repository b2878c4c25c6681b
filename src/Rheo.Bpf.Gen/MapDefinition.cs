namespace Rheo.Bpf.Gen;

/// <summary>A map as <c>SEC(".maps")</c> declares it. A key or value without a C type has id 0.</summary>
internal readonly record struct MapDefinition(string Name, MapType Type, uint KeyId, uint ValueId, uint Flags)
{
    // BPF_F_MMAPABLE, include/uapi/linux/bpf.h
    private const uint MemoryMappable = 1 << 10;

    public bool IsMappedArray => Type == MapType.Array && (Flags & MemoryMappable) != 0;
}
