using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Rheo.Tests;

/// <summary>Which type names which: from fields, signatures, bases and the tokens in method bodies.</summary>
internal sealed class TypeNames
{
    private static readonly Dictionary<ushort, OpCode> Opcodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(opcode => (ushort)opcode.Value);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly SignatureNames _signatures;

    public TypeNames(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _signatures = new SignatureNames(_metadata);
    }

    /// <summary>All pairs, by full name; a nested type counts as the one around it.</summary>
    public IEnumerable<(string From, string To)> Pairs() => _metadata.TypeDefinitions.SelectMany(handle =>
        NamedBy(_metadata.GetTypeDefinition(handle)).Select(to => (_signatures.NameOf(handle), to)));

    private IEnumerable<string> NamedBy(TypeDefinition type) =>
    [
        .. _signatures.OfType(type.BaseType),
        .. type.GetInterfaceImplementations()
            .SelectMany(handle => _signatures.OfType(_metadata.GetInterfaceImplementation(handle).Interface)),
        .. type.GetFields().SelectMany(handle => _metadata.GetFieldDefinition(handle).DecodeSignature(_signatures, null)),
        .. type.GetMethods().SelectMany(handle => NamedBy(_metadata.GetMethodDefinition(handle))),
    ];

    private IEnumerable<string> NamedBy(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_signatures, null);
        IEnumerable<string> names = [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(type => type)];
        if (method.RelativeVirtualAddress == 0)
            return names;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            names = names.Concat(Locals(body.LocalSignature));
        return names.Concat(Tokens(body.GetILBytes()!).SelectMany(_signatures.OfToken));
    }

    private IEnumerable<string> Locals(StandaloneSignatureHandle handle) =>
        _metadata.GetStandaloneSignature(handle).DecodeLocalSignature(_signatures, null).SelectMany(type => type);

    private static IEnumerable<EntityHandle> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xfe ? (ushort)(0xfe00 | code[at + 1]) : code[at];
            var opcode = Opcodes[value];
            at += opcode.Size;
            if (IsToken(opcode.OperandType))
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, at));
            at += OperandSize(opcode.OperandType, code, at);
        }
    }

    private static bool IsToken(OperandType type) =>
        type is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok;

    private static int OperandSize(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
