namespace Rheo.Bpf.Gen;

/// <summary>All that will be written for one object.</summary>
internal sealed record ObjectPlan(
    ObjectDescription Description, TypeCatalog Catalog, IReadOnlyList<SectionPlan> Sections, IReadOnlyList<MapPlan> Maps);
