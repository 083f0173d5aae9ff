package praline.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import praline.protocol.Endpoint;

/** Reads {@code 127.0.0.1:6346} or {@code [::1]:6346}; names are not looked up. */
final class EndpointConverter implements ITypeConverter<Endpoint> {

    @Override
    public Endpoint convert(String text) {
        return Endpoint.parse(text)
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is not IP:PORT, like 127.0.0.1:6346"));
    }
}
