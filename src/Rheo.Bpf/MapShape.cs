using System.Runtime.CompilerServices;

namespace Rheo.Bpf;

/// <summary>Compares the types of a typed map with the sizes that the map has in the kernel.</summary>
internal static class MapShape
{
    public static void Check<TKey, TValue>(BpfMap map, bool perCpu)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        if (IsPerCpu(map.Type) != perCpu)
            throw new ArgumentException($"map {map} is {(perCpu ? "no" : "a")} per-CPU map", nameof(map));
        if (map.KeySize != Unsafe.SizeOf<TKey>())
            throw new ArgumentException($"{typeof(TKey).Name} has {Unsafe.SizeOf<TKey>()} bytes, keys of map {map}", nameof(map));
        if (map.ValueSize != Unsafe.SizeOf<TValue>())
            throw new ArgumentException($"{typeof(TValue).Name} has {Unsafe.SizeOf<TValue>()} bytes, values of map {map}", nameof(map));
    }

    private static bool IsPerCpu(MapType type) => type is MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruPerCpuHash;
}
