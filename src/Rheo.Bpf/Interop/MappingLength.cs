namespace Rheo.Bpf.Interop;

/// <summary>Lengths of memory mappings: whole pages.</summary>
internal static class MappingLength
{
    public static nuint OfPages(nuint bytes)
    {
        var page = (nuint)Environment.SystemPageSize;
        return (bytes + page - 1) / page * page;
    }
}
