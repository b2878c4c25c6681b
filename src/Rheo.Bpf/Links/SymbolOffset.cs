using System.IO.MemoryMappedFiles;
using Rheo.Bpf.Elf;

namespace Rheo.Bpf;

/// <summary>Finds where in a file a function begins.</summary>
internal static class SymbolOffset
{
    /// <summary>False when the file cannot be read, is no ELF file, or has no such function.</summary>
    internal static unsafe bool TryFind(string path, string symbol, out ulong offset)
    {
        offset = 0;
        try
        {
            using var file = MemoryMappedFile.CreateFromFile(
                File.OpenRead(path), null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* bytes = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
            try
            {
                // SAFETY: the pointer is acquired, so the view stays mapped; its length is the view's own.
                return TryFind(new ReadOnlySpan<byte>(bytes, checked((int)view.Capacity)), symbol, out offset);
            }
            finally
            {
                view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException or MalformedObjectException or OverflowException)
        {
            return false;
        }
    }

    private static bool TryFind(ReadOnlySpan<byte> bytes, string symbol, out ulong offset)
    {
        var file = ElfFile.Parse(bytes);
        for (var index = 1; index < file.SectionCount; index++)
        {
            var section = file.Section(index);
            if (section.Type is ElfSectionType.SymbolTable or ElfSectionType.DynamicSymbols && TryFind(file, section, symbol, out offset))
                return true;
        }
        offset = 0;
        return false;
    }

    private static bool TryFind(ElfFile file, in ElfSection table, string symbol, out ulong offset)
    {
        offset = 0;
        // Index 0: a function of another file, only named here. From 0xff00 on: no section at all.
        var found = file.Symbols(table).FirstOrDefault(
            candidate => candidate.Name == symbol && candidate is { Type: ElfSymbolType.Function, SectionIndex: > 0 and < 0xff00 });
        if (found.SectionIndex == 0)
            return false;
        var section = file.Section(found.SectionIndex);
        offset = found.Value - section.Address + section.Offset;
        return true;
    }
}
