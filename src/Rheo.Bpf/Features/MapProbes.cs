using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Which maps can be made: the smallest of its type is made and closed at once.</summary>
internal static unsafe class MapProbes
{
    private const uint NoPreallocation = 1 << 0; // BPF_F_NO_PREALLOC
    private const uint Mappable = 1 << 10; // BPF_F_MMAPABLE

    /// <summary>The shortest BTF with a type in it: <c>int</c>, as type 1. struct btf_header, then the type, then the names.</summary>
    private static ReadOnlySpan<byte> IntegerType =>
    [
        0x9F, 0xEB, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 16, 0, 0, 0, 5, 0, 0, 0,
        1, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 32, 0, 0, 1,
        0, (byte)'i', (byte)'n', (byte)'t', 0,
    ];

    internal static Support Type(MapType type)
    {
        using var types = IsStorage(type) ? LoadTypes() : new DescriptorHandle(-1);
        using var inner = IsOfMaps(type) ? Make(Smallest(MapType.Array)) : new DescriptorHandle(-1);
        var attribute = Smallest(type);
        if (IsStorage(type))
            (attribute.BtfFd, attribute.BtfKeyType, attribute.BtfValueType) = (types.Descriptor, 1, 1);
        if (IsOfMaps(type))
            attribute.InnerMapFd = inner.Descriptor;
        using var map = Make(attribute);
        return map.Descriptor switch
        {
            >= 0 => Support.Yes,
            // struct_ops wants a kernel type to stand for, and says so with a number of its own.
            -Errno.ENOTSUPP when type == MapType.StructOps => Support.Yes,
            -Errno.EINVAL or -Errno.EOPNOTSUPP or -Errno.ENOTSUPP when type != MapType.StructOps => Support.No,
            _ => Support.Unknown,
        };
    }

    private static MapCreate Smallest(MapType type)
    {
        var usual = new MapCreate { Type = (uint)type, KeySize = 4, ValueSize = 4, MaxEntries = 1 };
        return type switch
        {
            MapType.StackTrace => usual with { ValueSize = 8 },
            MapType.LpmTrie => usual with { KeySize = 8, ValueSize = 8, Flags = NoPreallocation },
            MapType.CgroupStorage or MapType.PerCpuCgroupStorage => usual with { KeySize = 16, ValueSize = 8, MaxEntries = 0 },
            MapType.Queue or MapType.Stack or MapType.BloomFilter => usual with { KeySize = 0 },
            MapType.RingBuffer or MapType.UserRingBuffer =>
                usual with { KeySize = 0, ValueSize = 0, MaxEntries = (uint)Environment.SystemPageSize },
            MapType.Arena => usual with { KeySize = 0, ValueSize = 0, Flags = Mappable },
            MapType.StructOps => usual with { BtfVmlinuxValueType = 1 },
            _ when IsStorage(type) => usual with { MaxEntries = 0, Flags = NoPreallocation },
            _ => usual,
        };
    }

    private static bool IsStorage(MapType type) =>
        type is MapType.SkStorage or MapType.InodeStorage or MapType.TaskStorage or MapType.CgrpStorage;

    private static bool IsOfMaps(MapType type) => type is MapType.ArrayOfMaps or MapType.HashOfMaps;

    private static DescriptorHandle Make(MapCreate attribute) => new(BpfSyscall.Call(BpfCommand.BPF_MAP_CREATE, ref attribute));

    private static DescriptorHandle LoadTypes()
    {
        // SAFETY: the bytes are a constant of the program; the length is their own.
        fixed (byte* bytes = IntegerType)
        {
            var attribute = new BtfLoad { Btf = (ulong)bytes, Size = (uint)IntegerType.Length };
            return new DescriptorHandle(BpfSyscall.Call(BpfCommand.BPF_BTF_LOAD, ref attribute));
        }
    }
}
