using System.Text.RegularExpressions;

namespace Rheo.Bpf.Gen;

/// <summary>Types that another object of the same namespace brings already. They must be the same to the last byte.</summary>
internal sealed partial class SharedTypes
{
    private readonly Dictionary<string, string> _texts = [];
    private readonly string _owner;

    public SharedTypes(string owner, TypeCatalog catalog)
    {
        _owner = owner;
        foreach (var type in catalog.Structs)
            _texts[type.Name] = Text(code => TypeWriter.Write(code, type));
        foreach (var type in catalog.Enums)
            _texts[type.Name] = Text(code => TypeWriter.Write(code, type));
    }

    private SharedTypes() => _owner = "";

    public static SharedTypes None { get; } = new();

    public bool Has(StructPlan type) => Has(type.Name, type.CName, code => TypeWriter.Write(code, type));

    public bool Has(EnumPlan type) => Has(type.Name, type.CName, code => TypeWriter.Write(code, type));

    private bool Has(string name, string cName, Action<Code> write)
    {
        if (!_texts.TryGetValue(name, out var text))
            return false;
        if (text != Text(write))
            throw new GenerationException(cName, "", $"is not the same as in {_owner}, whose types are shared; give one of them another name");
        return true;
    }

    // The array types that .NET lacks belong to a skeleton; which one does not matter.
    private static string Text(Action<Code> write)
    {
        var code = new Code();
        write(code);
        return OwnedArray().Replace(code.ToString(), "InlineArray");
    }

    [GeneratedRegex(@"\w+\.InlineArray")]
    private static partial Regex OwnedArray();
}
