using System.Runtime.InteropServices;

namespace Rheo.Warden;

/// <summary>A list of strings as C has it: pointers to zero-terminated UTF-8, the last one null.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** _strings;
    private readonly int _count;

    internal NativeStrings(IReadOnlyList<string> strings)
    {
        _count = strings.Count;
        // SAFETY: room for all pointers and the null after them, freed by Dispose.
        _strings = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < _count; i++)
            _strings[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
    }

    internal byte** Pointer => _strings;

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
            Marshal.FreeCoTaskMem((nint)_strings[i]);
        NativeMemory.Free(_strings);
    }
}
