package praline.protocol.gnutella;

import com.google.common.collect.ImmutableMap;

/** How the data of one kind of vendor message are read; {@link #KNOWN} has a form for each kind that we understand. */
interface VendorForm {

    ImmutableMap<VendorKind, VendorForm> KNOWN = ImmutableMap.<VendorKind, VendorForm>builder()
            .put(VendorKind.MESSAGES_SUPPORTED, VendorCall.MessagesSupported::read)
            .put(VendorKind.HOPS_FLOW, VendorCall.HopsFlow::read)
            .put(VendorKind.TCP_CONNECT_BACK, VendorCall.TcpConnectBack::read)
            .put(VendorKind.QUERY_STATUS_REQUEST, in -> new VendorCall.QueryStatusRequest())
            .put(VendorKind.QUERY_STATUS_RESPONSE, VendorCall.QueryStatusResponse::read)
            .put(VendorKind.PUSH_PROXY_REQUEST, in -> new VendorCall.PushProxyRequest())
            .put(VendorKind.PUSH_PROXY_REQUEST_2, in -> new VendorCall.PushProxyRequest())
            .put(VendorKind.PUSH_PROXY_ACK_1, VendorCall.PushProxyAck::readPort)
            .put(VendorKind.PUSH_PROXY_ACK, VendorCall.PushProxyAck::read)
            .buildOrThrow();

    VendorCall read(PayloadReader in) throws Defective;
}
